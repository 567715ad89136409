"""How notices leave: by e-mail and every other service that the operator's file names, and by no other way."""
