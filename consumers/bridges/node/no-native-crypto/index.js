// Empty: a bridge without encryption loads this module, and calls nothing of it.
