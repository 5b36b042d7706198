"""What stands beside the table on its page: shares, the 131 service, waiting, answering, opinions."""
