"""Pages of proposals (提案): write, look over, send; read, withdraw, decline; choose and offer a contract."""
