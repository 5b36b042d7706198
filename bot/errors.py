"""The one error a user is meant to read."""


class UserError(Exception):
    """Something the user can mend.

    The message names the place (file and key, setting, argument) and the cure, in Chinese, on
    one line. The command line prints it and exits with 1; nothing else catches it.
    """
