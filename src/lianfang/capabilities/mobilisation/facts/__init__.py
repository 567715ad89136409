"""The kinds of fact about mobilisation: teams, rotas, calls, residents' orders, stranded people."""
