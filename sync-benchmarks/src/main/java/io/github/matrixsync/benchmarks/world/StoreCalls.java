package io.github.matrixsync.benchmarks.world;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the calls of any role, by method, and has them take time if told so. Those that do no I/O by contract do not
 * count and take none: watermarks, listeners, what is retained, the next deadline. Thread-safe.
 */
public final class StoreCalls {
  /** How long calls take besides what they take, as those of a database do. */
  @FunctionalInterface
  public interface Delay {
    /** Returns how long a call takes, in milliseconds. */
    long millis(String method, Object[] arguments);
  }

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
  private final Delay delay;

  /** Counts calls that take as long as they take. */
  public StoreCalls() {
    this((method, arguments) -> 0);
  }

  /** Counts calls that take longer. */
  public StoreCalls(Delay delay) {
    this.delay = delay;
  }

  /** Counts calls each of which takes so much longer. */
  public static StoreCalls taking(long millis) {
    return new StoreCalls((method, arguments) -> millis);
  }

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

  /** Returns the number of calls of one method since the last {@link #reset}. */
  public long of(String method) {
    LongAdder counted = calls.get(method);
    return counted == null ? 0 : counted.sum();
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
      TimeUnit.MILLISECONDS.sleep(delay.millis(method.getName(), arguments));
    }
    try {
      return method.invoke(store, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
