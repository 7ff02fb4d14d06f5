"""How fast steps are done: by the action, by plain SQL writing the same rows, and by another engine, in one run.

`laksana bench` starts one process of this package for each kind of database, on a database made for it.
"""
