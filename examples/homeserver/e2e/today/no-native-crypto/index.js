// Nothing: a bot without encryption only loads it.
