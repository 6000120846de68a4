package io.github.matrixsync.examples.adapters.contract;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The kinds of threads on which a server handles requests. */
public enum Threads {
  PLATFORM,
  VIRTUAL;

  private static final int FIRST_JDK_WITH_VIRTUAL = 21;
  private static final int PLATFORM_THREADS = 4;

  /** Returns the kinds that the running JDK has. */
  public static List<Threads> available() {
    return Runtime.version().feature() < FIRST_JDK_WITH_VIRTUAL
        ? List.of(PLATFORM)
        : List.of(PLATFORM, VIRTUAL);
  }

  /** Returns an executor of a few platform threads, or of a virtual thread for each task. */
  public ExecutorService executor() {
    if (this == PLATFORM) {
      return Executors.newFixedThreadPool(PLATFORM_THREADS);
    }
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JDK has no virtual threads", e);
    }
  }
}
