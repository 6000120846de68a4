package io.github.matrixsync.law.sync;

import io.github.matrixsync.event.UserId;
import io.github.matrixsync.sync.DeviceLists;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares the to-device messages and the device lists of an answer with the expected ones. Confined to one thread.
 */
final class DeviceCheck {
  private final SyncWorld world;
  private final SyncLoop loop;
  private final @Nullable String token;

  DeviceCheck(SyncWorld world, SyncLoop loop) {
    this.world = world;
    this.loop = loop;
    token = loop.client.token();
  }

  /** Returns the problems of an answer to a request with the token of the loop's client. */
  List<String> check(SyncAnswer answer) {
    List<String> problems = new ArrayList<>();
    if (answer.other().containsKey(SyncAnswer.TO_DEVICE) != loop.device.isPresent()) {
      problems.add("L8 there are messages to " + loop.device);
    }
    List<String> expected = world.side.devices.handOut(loop);
    List<String> got = messages(answer);
    if (!got.equals(expected)) {
      problems.add("L4 messages to the device are " + got + ", expected " + expected);
    }
    DeviceLists lists = answer.devices();
    if ((lists == null) != (token == null)) {
      problems.add("L8 the changed devices are " + lists);
    } else if (lists != null) {
      long[] now = SyncAnswer.parts(answer.next());
      problems.addAll(compare(lists, new Range(now[0], now[SyncAnswer.DEVICES])));
    }
    return problems;
  }

  /** Returns what a waiting poll should have been answered with. */
  List<String> unanswered() {
    List<String> found = new ArrayList<>();
    if (world.side.devices.hasPending(loop)) {
      found.add("there are messages to the device");
    }
    if (token != null) {
      Range now = new Range(world.store.watermark(), world.side.deviceLists.watermark());
      found.addAll(compare(DeviceLists.NONE, now));
    }
    return found;
  }

  static List<String> messages(SyncAnswer answer) {
    return answer.other(SyncAnswer.TO_DEVICE).stream()
        .map(event -> String.valueOf(event.content().get("n")))
        .toList();
  }

  /** The positions at which an answer ends, in the streams of events and of device lists. */
  private record Range(long now, long changedUpTo) {}

  private List<String> compare(DeviceLists lists, Range range) {
    long[] since = SyncAnswer.parts(String.valueOf(token));
    long changedAfter = since[SyncAnswer.DEVICES];
    Set<String> before = sharing(since[0]);
    Set<String> now = sharing(range.now());
    Set<String> changed = world.side.devices.changed(changedAfter, range.changedUpTo());
    Set<String> required = new TreeSet<>(now);
    required.removeIf(user -> before.contains(user) && !changed.contains(user));
    if (changed.contains(loop.user)) {
      required.add(loop.user);
    }
    Set<String> allowed = new TreeSet<>(required);
    boolean mayHaveEverybody = changedAfter == 0 && range.changedUpTo() > 0;
    now.stream()
        .filter(user -> mayHaveEverybody || hasMoved(user, since[0], range.now()))
        .forEach(allowed::add);
    if (mayHaveEverybody) {
      allowed.add(loop.user);
    }
    Set<String> left = new TreeSet<>(before);
    left.removeAll(now);
    Set<String> got = texts(lists.changed());
    List<String> problems = new ArrayList<>();
    if (!got.containsAll(required) || !allowed.containsAll(got)) {
      problems.add(
          "L4 changed devices are of " + got + ", expected " + required + " to " + allowed);
    }
    if (!texts(lists.left()).equals(left)) {
      problems.add("L4 left are " + lists.left() + ", expected " + left);
    }
    return problems;
  }

  /** Returns the other users with whom the user shares a joined room. */
  private Set<String> sharing(long at) {
    SyncOracle oracle = new SyncOracle(world.log, loop.user);
    Set<String> users = new TreeSet<>();
    SideCheck.members(world.log, oracle, at).values().forEach(users::addAll);
    users.remove(loop.user);
    return users;
  }

  /** Returns whether a user's membership of any room changed. */
  private boolean hasMoved(String user, long after, long upTo) {
    return world.log.rooms().stream()
        .anyMatch(room -> world.log.memberships(user, room, upTo).stream()
            .anyMatch(step -> step.position() > after));
  }

  private static Set<String> texts(Collection<UserId> users) {
    return users.stream().map(UserId::value).collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Applies the device lists of an answer as a client does, which fetches changed devices at once, and after the first
   * answer those of all users. Returns the users whose devices the client then has wrong.
   */
  List<String> take(SyncAnswer answer) {
    long[] now = SyncAnswer.parts(answer.next());
    Set<String> sharing = sharing(now[0]);
    sharing.add(loop.user);
    DeviceLists lists = answer.devices();
    Set<String> fetched = lists == null ? sharing : texts(lists.changed());
    fetched.forEach(user -> loop.client.devices.put(user, world.side.devices.lastChange(user)));
    if (lists != null) {
      loop.client.devices.keySet().removeAll(texts(lists.left()));
    }
    List<String> problems = new ArrayList<>();
    for (String user : sharing) {
      Long known = loop.client.devices.get(user);
      long last = world.side.devices.lastChange(user);
      if (known == null || (known < last && last <= now[SyncAnswer.DEVICES])) {
        problems.add("L4 the devices of " + user + " are known as of " + known + ", not " + last);
      }
    }
    for (String message : messages(answer)) {
      if (!loop.client.messages.add(message)) {
        problems.add("L4 message " + message + " to the device came before");
      }
    }
    return problems;
  }
}
