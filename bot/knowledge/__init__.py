"""What the assistant may say: the pack of the campaign, the law, the emergency numbers."""
