package io.github.matrixsync.benchmarks.postgres;

import io.github.matrixsync.event.EventId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.RoomEvent;
import io.github.matrixsync.event.RoomId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.store.model.Append;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Events of 560 bytes of JSON, 15 % of them state. Thread-safe. */
final class Samples {
  static final UserId USER = UserId.parse("@user:example.org");

  private static final int BYTES = 560;
  private static final int STATE_PERCENT = 15;
  private static final AtomicLong COUNT = new AtomicLong();

  private Samples() {}

  static RoomId room(int number) {
    return RoomId.parse("!room" + number + ":example.org");
  }

  /** Returns one of some rooms. */
  static RoomId anyRoom(int rooms) {
    return room(ThreadLocalRandom.current().nextInt(rooms));
  }

  static RawJson json(long number) {
    String begin = "{\"n\":" + number + ",\"body\":\"";
    return RawJson.of(begin + "x".repeat(BYTES - begin.length() - 2) + "\"}");
  }

  /** Returns the append of a new event of a room. */
  static Append next(RoomId room) {
    long number = COUNT.incrementAndGet();
    boolean isState = number * 37 % 100 < STATE_PERCENT;
    RoomEvent.Builder event = RoomEvent.builder(
            EventId.parse("$event" + number + ":example.org"),
            room,
            USER,
            isState ? "m.room.topic" : "m.room.message")
        .originServerTs(number)
        .json(json(number));
    return Append.live(isState ? event.stateKey("").build() : event.build());
  }
}
