"""The kinds of fact about oversight: findings, sampling, statements, forms."""
