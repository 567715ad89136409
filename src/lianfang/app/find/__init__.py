"""What somebody may mean who types a few letters anywhere in the desk: areas, places, numbers and own tasks."""
