package io.github.matrixsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.RoomVersion;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.rest.RestSettings;
import io.github.matrixsync.store.EventStore;
import io.github.matrixsync.store.StoreException;
import io.github.matrixsync.store.model.HistoryPoint;
import io.github.matrixsync.store.state.Timelines;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All public static methods of the exported packages, found by reflection, with each argument null in turn: it is
 * refused by its name, unless the parameter is nullable.
 */
class StaticFactoriesTest {
  private static final Pattern EXPORT = Pattern.compile("(?m)^ *exports ([\\w.]+);");

  private static final RoomEvent EVENT = RoomEvent.builder(
          EventId.parse("$event:h"),
          RoomId.parse("!room:h"),
          UserId.parse("@alice:h"),
          "m.room.message")
      .originServerTs(1)
      .json(RawJson.of("{}"))
      .build();

  private static final Map<Class<?>, Object> RIGHT = Map.ofEntries(
      Map.entry(int.class, 1),
      Map.entry(long.class, 1L),
      Map.entry(String.class, "text"),
      Map.entry(byte[].class, new byte[1]),
      Map.entry(long[].class, new long[3]),
      Map.entry(Throwable.class, new IOException()),
      Map.entry(Instant.class, Instant.EPOCH),
      Map.entry(Collection.class, List.of()),
      Map.entry(List.class, List.of()),
      Map.entry(Set.class, Set.of()),
      Map.entry(Optional.class, Optional.empty()),
      Map.entry(EventId.class, EVENT.id()),
      Map.entry(RoomId.class, EVENT.room()),
      Map.entry(UserId.class, EVENT.sender()),
      Map.entry(RoomEvent.class, EVENT),
      Map.entry(RoomVersion.class, RoomVersion.of("10")),
      Map.entry(RawJson.class, RawJson.of("""
          {"event_id": "$event:h", "room_id": "!room:h", "sender": "@alice:h", "type": "m.room.message",
          "origin_server_ts": 1, "content": {}}""")),
      Map.entry(HistoryPoint.class, new HistoryPoint(1, 1)),
      Map.entry(StreamToken.class, StreamToken.of(1, 1, 1)),
      Map.entry(Timelines.class, Timelines.EMPTY),
      Map.entry(RestSettings.class, RestSettings.DEFAULT),
      Map.entry(SyncApi.class, proxy(SyncApi.class)),
      Map.entry(EventStore.class, proxy(EventStore.class)));

  private static Object proxy(Class<?> type) {
    return Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null);
  }

  private static List<Method> methods() throws IOException, ClassNotFoundException {
    List<Method> methods = new ArrayList<>();
    for (String module : List.of("sync-store-spi", "sync-core")) {
      Path sources = Path.of("..", module, "src", "main", "java");
      String descriptor = Files.readString(sources.resolve("module-info.java"));
      for (String name :
          EXPORT.matcher(descriptor).results().map(export -> export.group(1)).toList()) {
        for (Class<?> type : types(sources, name)) {
          Arrays.stream(type.getDeclaredMethods())
              .filter(method -> Modifier.isPublic(method.getModifiers() & type.getModifiers()))
              .filter(method -> Modifier.isStatic(method.getModifiers()) && !type.isEnum())
              .forEach(methods::add);
        }
      }
    }
    return methods;
  }

  private static List<Class<?>> types(Path sources, String name)
      throws IOException, ClassNotFoundException {
    List<Class<?>> types = new ArrayList<>();
    try (Stream<Path> files = Files.list(sources.resolve(name.replace('.', '/')))) {
      for (Path file : files.toList()) {
        String simple = file.getFileName().toString();
        if (simple.matches("\\w+\\.java")) {
          types.add(Class.forName(name + "." + simple.replace(".java", "")));
        }
      }
    }
    return types;
  }

  static Stream<Arguments> arguments() throws IOException, ClassNotFoundException {
    List<Arguments> all = new ArrayList<>();
    for (Method method : methods()) {
      for (int i = 0; i < method.getParameterCount(); i++) {
        if (!method.getParameterTypes()[i].isPrimitive()
            && !method.getAnnotatedParameterTypes()[i].isAnnotationPresent(Nullable.class)) {
          all.add(Arguments.of(method, i));
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0}, argument {1}")
  @MethodSource("arguments")
  void anyStaticMethod_null_isRefusedByName(Method method, int argument) {
    Class<?>[] types = method.getParameterTypes();
    @Nullable Object[] arguments = new @Nullable Object[types.length];
    for (int i = 0; i < types.length; i++) {
      arguments[i] = Objects.requireNonNull(RIGHT.get(types[i]), types[i].getName());
    }
    arguments[argument] = null;

    assertThatThrownBy(() -> invoke(method, arguments))
        .isInstanceOf(NullPointerException.class)
        .hasMessageMatching("[a-z ]+[a-z0-9]");
  }

  @Test
  void storeException_ofACauseWithoutAMessage_keepsTheCause() {
    IOException cause = new IOException();

    assertThat(StoreException.failed(cause.getMessage(), cause)).hasCause(cause);
    assertThat(StoreException.outcomeUnknown(cause.getMessage(), cause)).hasCause(cause);
  }

  @Test
  void arguments_areFound() throws IOException, ClassNotFoundException {
    assertThat(arguments()).hasSizeGreaterThan(30);
  }

  private static void invoke(Method method, @Nullable Object[] arguments) throws Throwable {
    try {
      method.invoke(null, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
