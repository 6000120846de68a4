// Nothing: a bridge without encryption only loads it.
