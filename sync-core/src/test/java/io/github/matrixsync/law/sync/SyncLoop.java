package io.github.matrixsync.law.sync;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** One chain of requests of a client, each with the token of the answer before. Confined to one thread. */
final class SyncLoop {
  private static final int[] LIMITS = {0, 1, 2, 3, 5, 10, 100};

  final int number;
  final String user;
  final Optional<String> device;
  final SyncClient client;

  /** The places of its answers. */
  final Set<Long> places = new TreeSet<>();

  SyncLoop(int number, String user, Optional<String> device, SyncWish wish) {
    this.number = number;
    this.user = user;
    this.device = device;
    client = new SyncClient(user, wish);
  }

  /** Returns a loop of a random user with a random wish; a third has one of few, which loops of a device share. */
  static SyncLoop of(int number, Random random) {
    String user = SyncWorld.USERS.get(random.nextInt(3));
    boolean isPlain = random.nextInt(3) == 0;
    SyncWish wish = new SyncWish(
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextInt(6) == 0,
        isPlain ? 2 : LIMITS[random.nextInt(LIMITS.length)],
        isPlain ? Optional.empty() : types(random),
        isPlain || random.nextInt(5) > 0
            ? List.of()
            : List.of(SyncWorld.USERS.get(random.nextInt(SyncWorld.USERS.size()))),
        random.nextInt(3) == 0,
        random.nextInt(8) == 0 ? List.of("!r1:h") : List.of(),
        random.nextInt(3) == 0);
    Optional<String> device =
        random.nextInt(4) == 0 ? Optional.empty() : Optional.of("D" + random.nextInt(2));
    return new SyncLoop(number, user, device, wish);
  }

  private static Optional<List<String>> types(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> Optional.of(List.of("m.room.message"));
      case 1 -> Optional.of(List.of("m.room.message", LoggedEvent.MEMBER));
      case 2 -> Optional.of(List.of());
      default -> Optional.empty();
    };
  }

  @Override
  public String toString() {
    return "loop " + number + " of " + user + " on " + device + " with " + client.wish();
  }
}
