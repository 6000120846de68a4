package io.github.matrixsync.law.sync;

import io.github.matrixsync.sync.SyncResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/**
 * One run of a random host with loops of clients, on one thread and repeatable by its seed. After every answer, the
 * answer and what the client then holds are compared with the oracle; at the end each client is compared with one that
 * asks for everything.
 *
 * <p>Each step has random numbers of its own, so that a run that fails can be repeated without some of its steps.
 */
final class SyncLaw {
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final int MOST_LOOPS = 6;

  /**
   * The result of a run.
   *
   * @param told what happened, one line each
   * @param gaps how many gaps were filled
   */
  // More than five parameters: one for each number that is reported.
  record Result(
      List<String> problems,
      List<Supplier<String>> told,
      int steps,
      int answers,
      int rooms,
      int gaps) {
    List<String> story() {
      return told.stream().map(Supplier::get).toList();
    }
  }

  private final long seed;
  private final IntPredicate kept;
  private final Twin twin;
  private final SyncWorld world;
  private final LawHost engine;
  private final List<SyncLoop> loops = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final List<Supplier<String>> story = new ArrayList<>();
  private Random random;
  private boolean mayIntrude;
  private boolean isFinishing;
  private int answers;
  private int rooms;
  private int gaps;

  /**
   * Prepares a run.
   *
   * @param kept which steps are done
   * @param twin changes answers
   */
  SyncLaw(long seed, IntPredicate kept, Twin twin) {
    this.seed = seed;
    this.kept = kept;
    this.twin = twin;
    random = new Random(seed);
    SyncHost host = SyncHost.of(random);
    world = new SyncWorld(host);
    engine = new LawHost(seed, world, this::intrude);
    story.add(() -> "seed " + seed + ": " + host);
  }

  /** Runs it; ends at the first problem. */
  Result run() {
    int steps = 20 + random.nextInt(60);
    for (int i = 0; i < steps && problems.isEmpty(); i++) {
      if (kept.test(i)) {
        random = new Random(seed * 1_000_003 + i);
        random.nextInt();
        step();
      }
    }
    random = new Random(~seed * 1_000_003);
    isFinishing = true;
    for (SyncLoop loop : loops) {
      if (problems.isEmpty()) {
        finish(loop);
      }
    }
    engine.close();
    return new Result(problems, story, steps, answers, rooms, gaps);
  }

  private void step() {
    int die = random.nextInt(100);
    if (die < 50) {
      write();
    } else if (die < 54) {
      String change = world.change(random);
      story.add(() -> "  " + change);
    } else if (die < 61) {
      writeSide();
    } else if (loops.isEmpty() || (die < 68 && loops.size() < MOST_LOOPS)) {
      SyncLoop loop = SyncLoop.of(loops.size(), random);
      loops.add(loop);
      story.add(() -> "new " + loop);
      poll(loop, false);
    } else {
      act(loops.get(random.nextInt(loops.size())));
    }
  }

  private void write() {
    int before = world.log.events().size();
    world.write(random);
    List<LoggedEvent> events = world.log.events();
    events.subList(before, events.size()).forEach(event -> story.add(() -> "  " + event));
  }

  private void writeSide() {
    String change = world.side.write(random);
    story.add(() -> "  beside: " + change);
  }

  /** Writes between two reads of the engine. */
  private void intrude() {
    if (mayIntrude && random.nextInt(6) == 0) {
      write();
    }
  }

  private void act(SyncLoop loop) {
    switch (random.nextInt(13)) {
      case 0, 1 -> {
        story.add(() -> "lost answer of loop " + loop.number);
        ask(loop, false);
      }
      case 2 -> repeat(loop);
      case 3 -> poll(loop, true);
      case 4, 5, 6 -> park(loop);
      case 7 -> fill(loop);
      default -> poll(loop, false);
    }
  }

  private void poll(SyncLoop loop, boolean full) {
    ask(loop, full).ifPresent(answer -> take(loop, answer, false));
  }

  private void take(SyncLoop loop, SyncAnswer answer, boolean isParked) {
    String token = loop.client.token();
    report(loop, new DeviceCheck(world, loop).take(answer));
    loop.client.apply(answer);
    report(loop, CountCheck.stale(world, loop, isParked || answer.next().equals(token)));
    loop.places.add(SyncAnswer.position(answer.next()));
    SyncOracle oracle = new SyncOracle(world.log, loop.user);
    report(
        loop, new ClientCheck(world.log, oracle, loop.client, isExactFor(loop)).check(loop.places));
    report(loop, SideCheck.differences(world, loop, SyncAnswer.position(answer.next())));
  }

  /** Fills the gaps in a client's timelines, which a client may do at any time. */
  private void fill(SyncLoop loop) {
    loop.client.rooms.forEach((room, held) -> {
      for (SyncClient.Gap gap : List.copyOf(held.gaps)) {
        if (GapFill.isReadable(world.log, loop.user, room)) {
          gaps++;
          story.add(() -> "loop " + loop.number + " fills " + gap + " of " + room);
          report(loop, new GapFill(engine, loop, room, gap).fill(random));
        }
      }
    });
  }

  /** Returns whether a client that takes state from timelines has the right one in the end. */
  private boolean isExactFor(SyncLoop loop) {
    return !world.host.resolves() && loop.client.wish().notSenders().isEmpty();
  }

  private Optional<SyncAnswer> ask(SyncLoop loop, boolean full) {
    CompletableFuture<SyncResponse> call = engine.call(loop, Duration.ZERO, full);
    mayIntrude = world.host.intrudes() && !isFinishing;
    engine.pump();
    mayIntrude = false;
    return answer(loop, call, full);
  }

  /** Returns the answer that a call must have, after comparing it with the oracle. */
  private Optional<SyncAnswer> answer(
      SyncLoop loop, CompletableFuture<SyncResponse> call, boolean full) {
    if (!call.isDone()) {
      report(loop, List.of("L7 there is no answer"));
      return Optional.empty();
    }
    SyncAnswer original;
    try {
      original = AnswerReader.read(call.join());
    } catch (RuntimeException | AssertionError e) {
      report(loop, List.of("failed: " + e));
      return Optional.empty();
    }
    String token = loop.client.token();
    SyncAnswer answer =
        twin.change(original, loop, token == null ? 0 : SyncAnswer.position(token), world.log);
    answers++;
    rooms += answer.rooms().size();
    story.add(() ->
        "loop " + loop.number + (full ? " full" : "") + " since " + token + ": " + text(answer));
    check(loop, answer, full);
    return Optional.of(answer);
  }

  private void check(SyncLoop loop, SyncAnswer answer, boolean full) {
    String token = loop.client.token();
    SyncOracle oracle = new SyncOracle(world.log, loop.user);
    Long since = token == null ? null : SyncAnswer.position(token);
    AnswerCheck check =
        new AnswerCheck(world.log, oracle, loop.client.wish(), !world.host.resolves());
    report(loop, check.check(new AnswerCheck.Asked(since, full), answer));
    report(loop, SideCheck.leaks(world.log, oracle, answer));
    world.side.devices.show(loop);
    report(loop, new DeviceCheck(world, loop).check(answer));
    report(loop, CountCheck.check(world, loop, answer, full));
    report(loop, ContentCheck.check(world.log, oracle, answer));
    if (token != null) {
      long[] before = SyncAnswer.parts(token);
      long[] after = SyncAnswer.parts(answer.next());
      for (int i = 0; i < before.length; i++) {
        if (after[i] < before[i]) {
          report(loop, List.of("L7 token falls from " + token + " to " + answer.next()));
        }
      }
      if (!full && !answer.isEmpty() && token.equals(answer.next())) {
        report(loop, List.of("L7 there is something new, but the token is the same"));
      }
    }
  }

  /** Asks twice without a change in between. */
  private void repeat(SyncLoop loop) {
    boolean isFull = random.nextInt(4) == 0;
    CompletableFuture<SyncResponse> first = engine.call(loop, Duration.ZERO, isFull);
    engine.pump();
    CompletableFuture<SyncResponse> second = engine.call(loop, Duration.ZERO, isFull);
    engine.pump();
    Optional<SyncAnswer> one = answer(loop, first, isFull);
    Optional<SyncAnswer> other = answer(loop, second, isFull);
    if (one.isPresent() && other.isPresent()) {
      boolean isLazy = loop.client.wish().lazy();
      if (!repeated(one.get(), isLazy).equals(repeated(other.get(), isLazy))) {
        report(loop, List.of("L6 the second answer is not the first"));
      }
      take(loop, random.nextBoolean() ? one.get() : other.get(), false);
    }
  }

  /** Returns an answer without the members that may be sent again. */
  private static SyncAnswer repeated(SyncAnswer answer, boolean isLazy) {
    return isLazy
        ? Twin.inRooms((room, told, since, log) -> told.with(
                told.state().stream()
                    .filter(event -> !event.type().equals(LoggedEvent.MEMBER))
                    .toList(),
                told.timeline(),
                told.limited()))
            .change(answer, NOBODY, 0, new SyncLog())
        : answer;
  }

  private static final SyncLoop NOBODY = new SyncLoop(-1, "", Optional.empty(), SyncWish.ALL);

  /** Waits for news, which may come, until the deadline. */
  private void park(SyncLoop loop) {
    CompletableFuture<SyncResponse> call = engine.call(loop, WAIT, false);
    engine.pump();
    for (int i = random.nextInt(4); i > 0 && isWaiting(loop, call); i--) {
      if (random.nextInt(3) == 0) {
        writeSide();
      } else {
        write();
      }
      engine.pump();
    }
    if (isWaiting(loop, call)) {
      engine.pass(WAIT);
    }
    answer(loop, call, false).ifPresent(answer -> take(loop, answer, true));
  }

  private boolean isWaiting(SyncLoop loop, CompletableFuture<SyncResponse> call) {
    String token = loop.client.token();
    if (!problems.isEmpty()) {
      return false;
    }
    if (call.isDone()) {
      boolean isEmpty = !call.isCompletedExceptionally() && call.join().isEmpty();
      if (isEmpty && token != null) {
        report(loop, List.of("L7 an empty answer before the deadline"));
      }
      return false;
    }
    long now = world.store.watermark();
    SyncOracle oracle = new SyncOracle(world.log, loop.user);
    AnswerCheck check = new AnswerCheck(world.log, oracle, loop.client.wish(), true);
    Long since = token == null ? null : SyncAnswer.position(token);
    if (!check.isQuiet(new AnswerCheck.Asked(since, false), now)) {
      report(loop, List.of("L7 waits from " + token + ", but at " + now + " something is new"));
    }
    List<String> differences = new ArrayList<>(SideCheck.differences(world, loop, now));
    differences.addAll(new DeviceCheck(world, loop).unanswered());
    if (token != null && !differences.isEmpty()) {
      report(loop, List.of("L7 waits from " + token + ", but " + differences));
    }
    return true;
  }

  /** Brings a loop to the end, and compares its client with one that asks for everything there. */
  private void finish(SyncLoop loop) {
    poll(loop, false);
    fill(loop);
    String token = loop.client.token();
    if (token != null) {
      long now = SyncAnswer.position(token);
      loop.client
          .rooms
          .keySet()
          .forEach(room -> report(loop, GapFill.missing(world.log, loop, room, now)));
    }
    SyncLoop other =
        new SyncLoop(loop.number + 100, loop.user, Optional.empty(), loop.client.wish());
    poll(other, false);
    if (problems.isEmpty()) {
      report(loop, Agreement.compare(world.log, loop.client, other.client, isExactFor(loop)));
    }
  }

  private void report(SyncLoop loop, List<String> found) {
    found.forEach(what -> problems.add("seed " + seed + ", " + loop + ": " + what));
  }

  private static String text(SyncAnswer answer) {
    StringBuilder text = new StringBuilder(answer.next());
    answer
        .rooms()
        .forEach((room, told) -> text.append("\n    ")
            .append(told.section())
            .append(' ')
            .append(room)
            .append(" timeline ")
            .append(told.timelineIds())
            .append(told.limited() ? " limited" : "")
            .append(" prev_batch ")
            .append(told.previous())
            .append(" state ")
            .append(told.state().stream()
                .map(event -> event.key().orElse("") + "=" + event.json().get("event_id"))
                .toList())
            .append(" summary ")
            .append(told.summary()));
    return text.toString();
  }
}
