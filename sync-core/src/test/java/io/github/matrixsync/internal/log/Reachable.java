package io.github.matrixsync.internal.log;

import io.github.matrixsync.internal.encoding.EncodedEvent;
import io.github.matrixsync.store.model.StoredEvent;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;

/**
 * Measures what a window references, by following every reference from it through the classes of its package, whatever
 * the window counts itself.
 */
final class Reachable {
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> left = new ArrayDeque<>();
  private long bytes;

  private Reachable() {}

  /** Returns the bytes of JSON that a window references, in events and in encodings. */
  static long bytes(Window window) {
    Reachable from = new Reachable();
    from.add(window);
    while (!from.left.isEmpty()) {
      from.take(from.left.remove());
    }
    return from.bytes;
  }

  private void add(Object object) {
    if (object != null && seen.add(object)) {
      left.add(object);
    }
  }

  private void take(Object object) {
    if (object instanceof StoredEvent event) {
      bytes += event.event().json().length();
      event.redaction().ifPresent(redaction -> bytes += redaction.event().json().length());
    } else if (object instanceof EncodedEvent encoded) {
      bytes += encoded.weight();
    } else if (object instanceof Optional<?> optional) {
      optional.ifPresent(this::add);
    } else if (object instanceof Object[] array) {
      for (Object element : array) {
        add(element);
      }
    } else if (object.getClass().getPackage().equals(Window.class.getPackage())) {
      addFields(object);
    }
  }

  private void addFields(Object object) {
    for (Field field : object.getClass().getDeclaredFields()) {
      if (!field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers())) {
        try {
          field.setAccessible(true);
          add(field.get(object));
        } catch (IllegalAccessException e) {
          throw new AssertionError(e);
        }
      }
    }
  }
}
