"""The four places of the desk, and what is asked over them: keys, choices, a line of words."""
