"""The commands of `gigawatch`, one family a module. Each imports what is heavy inside the command that needs it."""
