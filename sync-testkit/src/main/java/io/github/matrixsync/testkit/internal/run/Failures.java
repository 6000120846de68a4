package io.github.matrixsync.testkit.internal.run;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps the failures of reactions, which a future would swallow, until an action throws them. Thread-safe. */
final class Failures {
  private final Set<Throwable> kept = new LinkedHashSet<>(); // guarded by this
  private boolean allowsRefusals; // guarded by this

  /** From now on, refusals are not kept. */
  synchronized void allowRefusals() {
    allowsRefusals = true;
  }

  /** Keeps a failure, unless it is a refusal and these are allowed, and returns it. */
  synchronized <E extends Throwable> E keep(E e) {
    boolean isRefusal = e instanceof IllegalStateException || e instanceof IllegalArgumentException;
    if (!(isRefusal && allowsRefusals)) {
      kept.add(e);
    }
    return e;
  }

  /** Throws the first failure kept since the last call, with the others and the story so far. */
  void throwKept(Story story) {
    Throwable first = takeKept();
    if (first == null) {
      return;
    }
    first.addSuppressed(new StoryUpToHere(story.text()));
    if (first instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) first;
  }

  private synchronized @Nullable Throwable takeKept() {
    if (kept.isEmpty()) {
      return null;
    }
    List<Throwable> all = new ArrayList<>(kept);
    kept.clear();
    Throwable first = all.get(0);
    all.subList(1, all.size()).forEach(first::addSuppressed);
    return first;
  }
}
