package io.github.matrixsync.internal.longpoll;

/** An owner whose callbacks do nothing. */
public final class QuietOwner implements Poll.Owner {
  @Override
  public void timeUp(Poll<?, ?> poll) {}

  @Override
  public void ending(Poll<?, ?> poll) {}

  @Override
  public void ended(Poll<?, ?> poll) {}
}
