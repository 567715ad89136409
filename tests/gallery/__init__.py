"""Pictures of every page and state of the desk, and of the documents: ``./run gallery``.

A role's pages are those that its menu and the links in them lead to, so that a new page is in the gallery on the day
that it is in the menu. What keeps somebody from using a page (axe, scrolling sideways, errors) is told beside it.
"""
