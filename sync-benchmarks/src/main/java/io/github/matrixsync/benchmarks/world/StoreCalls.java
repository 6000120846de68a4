package io.github.matrixsync.benchmarks.world;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the calls of any role, by method. Those that do no I/O by contract do not count: watermarks, listeners, what is retained, the next deadline. Thread-safe.
 */
public final class StoreCalls {
  private static final Set<String> WITHOUT_IO = Set.of(
      "watermark",
      "retainedAfter",
      "backfilledTo",
      "nextDeadline",
      "onAdvance",
      "onChange",
      "toString",
      "hashCode",
      "equals");

  private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();

  /** Returns {@code store} as one of its roles, its calls being counted. */
  public <R> R counted(Class<R> role, R store) {
    Object proxy = Proxy.newProxyInstance(
        role.getClassLoader(),
        new Class<?>[] {role},
        (self, method, arguments) -> call(store, method, arguments));
    return role.cast(proxy);
  }

  /** Returns the number of calls since the last {@link #reset}, but for those of {@code excepted} methods. */
  public long total(String... excepted) {
    List<String> without = List.of(excepted);
    return calls.entrySet().stream()
        .filter(method -> !without.contains(method.getKey()))
        .mapToLong(method -> method.getValue().sum())
        .sum();
  }

  /** Begins to count again. */
  public void reset() {
    calls.clear();
  }

  /** Returns the calls by method. */
  @Override
  public String toString() {
    return new TreeMap<>(calls).toString();
  }

  private Object call(Object store, Method method, Object[] arguments) throws Throwable {
    if (!WITHOUT_IO.contains(method.getName())) {
      calls.computeIfAbsent(method.getName(), name -> new LongAdder()).increment();
    }
    try {
      return method.invoke(store, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
