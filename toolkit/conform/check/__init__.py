"""Rules over Specs: does every construct of a document have its counterpart in each artefact?"""
