package io.github.matrixsync.store.tck.support;

import io.github.matrixsync.store.model.LogPage;
import io.github.matrixsync.store.model.StoredEvent;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Records the last calls that a test made of its store, for the message of the test's failure. Calls of other threads
 * are passed on and not recorded. Confined to the thread that creates it, except the stores it returns.
 */
public final class CallRecorder {
  private static final int RECORDED = 4;
  private static final int LONGEST = 160;

  private final Thread recorded = Thread.currentThread();
  private final Deque<Call> last = new ArrayDeque<>();

  /** One call, with its result or the exception {@code thrown}. */
  private record Call(
      Method method,
      List<@Nullable Object> arguments,
      @Nullable Object result,
      @Nullable Throwable thrown) {
    @Override
    public String toString() {
      StringJoiner call = new StringJoiner(", ", method.getName() + "(", ")");
      arguments.forEach(argument -> call.add(show(argument)));
      String outcome = thrown == null ? " gave " + show(result) : " threw " + show(thrown);
      return call + (method.getReturnType() == void.class && thrown == null ? "" : outcome);
    }
  }

  /** Returns the store as one of its interfaces; every call is recorded. */
  public <R> R of(Class<R> role, Object store) {
    InvocationHandler handler = (proxy, method, arguments) -> call(store, method, arguments);
    return role.cast(Proxy.newProxyInstance(role.getClassLoader(), new Class<?>[] {role}, handler));
  }

  private @Nullable Object call(Object store, Method method, Object @Nullable [] given)
      throws Throwable {
    Object[] arguments = given == null ? new Object[0] : given;
    try {
      Object result = method.invoke(store, arguments);
      record(method, arguments, result, null);
      return result;
    } catch (InvocationTargetException e) {
      record(method, arguments, null, e.getCause());
      throw e.getCause();
    }
  }

  private void record(
      Method method, Object[] arguments, @Nullable Object result, @Nullable Throwable thrown) {
    if (Thread.currentThread() == recorded && method.getDeclaringClass() != Object.class) {
      last.addFirst(new Call(method, Arrays.asList(arguments), result, thrown));
      if (last.size() > RECORDED) {
        last.removeLast();
      }
    }
  }

  /** Returns the last calls, a line each, the latest first; empty if there was none. */
  @Override
  public String toString() {
    StringBuilder lines = new StringBuilder();
    last.forEach(call -> lines.append("\n  ").append(call));
    return lines.toString();
  }

  private static String show(@Nullable Object value) {
    String text = text(value);
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }

  private static String text(@Nullable Object value) {
    if (value instanceof StoredEvent stored) {
      return stored.event().id() + "@" + stored.position();
    }
    if (value instanceof LogPage page) {
      return text(page.events()) + " through " + page.through();
    }
    if (value instanceof Collection<?> values) {
      return texts(values).toString();
    }
    if (value instanceof Map<?, ?> map) {
      return texts(map.entrySet()).toString();
    }
    if (value instanceof Map.Entry<?, ?> entry) {
      return text(entry.getKey()) + "=" + text(entry.getValue());
    }
    if (value instanceof Optional<?> optional) {
      return optional.map(CallRecorder::text).orElse("none");
    }
    return value instanceof Runnable ? "listener" : String.valueOf(value);
  }

  private static List<String> texts(Collection<?> values) {
    List<String> texts = new ArrayList<>();
    for (Object value : values) {
      texts.add(text(value));
      if (texts.size() * 8 > LONGEST) {
        break;
      }
    }
    return texts;
  }
}
