"""What each operator may do: support, finance, admin.

A role opens areas of the console, and the actions behind them ask the same table. Roles are given on the command line,
or by an administrator in the console, never to oneself. An operator without a row was one before there were roles, and
keeps everything.
"""
