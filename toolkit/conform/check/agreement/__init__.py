"""Do the readings of one protocol agree: verdict by verdict, and graph against graph?"""
