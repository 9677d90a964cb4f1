"""Pictures that messages show: what each says, and how it is drawn."""
