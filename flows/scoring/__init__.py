"""What a project is worth and what it takes, as numbers with reasons, ranges and a next step (sections 2.1 and 2.2).

`hear` gathers the answers with who said them and how well they know; `score_project` draws thousands of projects that
fit them and tells where most of these lie.
"""
