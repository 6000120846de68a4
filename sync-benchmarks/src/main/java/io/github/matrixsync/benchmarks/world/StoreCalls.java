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
 * Counts the calls of stores by method, and can delay them. Methods that do no I/O by contract are neither counted nor
 * delayed: watermarks, listeners, {@code retainedAfter}, the next deadline. Thread-safe.
 */
public final class StoreCalls {
  /** The additional time of calls, such as that of a database. */
  @FunctionalInterface
  public interface Delay {
    /** Returns the additional time of a call, in milliseconds. */
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

  /** Counts calls without delaying them. */
  public StoreCalls() {
    this((method, arguments) -> 0);
  }

  /** Counts and delays calls. */
  public StoreCalls(Delay delay) {
    this.delay = delay;
  }

  /** Counts calls and delays each by {@code millis}. */
  public static StoreCalls taking(long millis) {
    return new StoreCalls((method, arguments) -> millis);
  }

  /** Returns a role of {@code store} whose calls are counted. */
  public <R> R counted(Class<R> role, R store) {
    Object proxy = Proxy.newProxyInstance(
        role.getClassLoader(),
        new Class<?>[] {role},
        (self, method, arguments) -> call(store, method, arguments));
    return role.cast(proxy);
  }

  /** Returns the number of calls since the last {@link #reset}, without those of {@code excepted} methods. */
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

  /** Sets all counts to zero. */
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
