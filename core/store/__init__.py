"""The library in SQLite: opening, migrations, one module of queries per table family."""
