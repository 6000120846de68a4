package io.github.matrixsync.examples.bridge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A chat network in memory, which calls its listener for all events by an executor, in order. What the test lets people
 * do returns when the bridge has done its part, and what the test reads is what the bridge has done. Thread-safe.
 */
final class FakeNetwork implements ChatNetwork {
  private record Message(String channel, String nick, String text) {}

  private final Executor executor;
  private final Runnable settle;
  private final Map<String, Message> messages = new LinkedHashMap<>();
  private final Map<String, String> sent = new HashMap<>();
  private final List<String> typing = new ArrayList<>();
  private Consumer<ChatEvent> listener = event -> {};
  private int unreachable;
  private boolean losesNextAnswer;

  /**
   * Creates a network without messages.
   *
   * @param settle waits until the bridge has done its part
   */
  FakeNetwork(Executor executor, Runnable settle) {
    this.executor = executor;
    this.settle = settle;
  }

  /** Makes the next calls fail without any effect. */
  synchronized void isUnreachable(int times) {
    unreachable = times;
  }

  /** Makes the next call take effect and then fail, as if the answer were lost. */
  synchronized void losesTheNextAnswer() {
    losesNextAnswer = true;
  }

  /** Lets a person of the network say something. Returns the message's id. */
  String says(String channel, String nick, String text) {
    String id = put(channel, nick, text);
    settle.run();
    return id;
  }

  /** Lets a person edit their message. */
  void edits(String id, String text) {
    edit(id, text);
    settle.run();
  }

  /** Lets a person delete their message. */
  void deletes(String id) {
    delete(id);
    settle.run();
  }

  /** Lets a person begin or stop typing. */
  void personTypes(String channel, String nick, boolean begins) {
    tell(new Typing(channel, nick, begins));
    settle.run();
  }

  /** Returns the messages of a channel. */
  List<String> in(String channel) {
    settle.run();
    synchronized (this) {
      return messages.values().stream()
          .filter(message -> message.channel().equals(channel))
          .map(message -> message.nick() + ": " + message.text())
          .toList();
    }
  }

  /** Returns the users whom the bridge shows as typing in a channel. */
  List<String> typing(String channel) {
    settle.run();
    synchronized (this) {
      return typing.stream()
          .filter(entry -> entry.startsWith(channel + " "))
          .map(entry -> entry.substring(channel.length() + 1))
          .toList();
    }
  }

  @Override
  public synchronized String send(String channel, String nick, String key, String text) {
    if (unreachable > 0) {
      unreachable--;
      throw new NotReachedException();
    }
    String id = sent.get(key);
    if (id == null) {
      id = put(channel, nick, text);
      sent.put(key, id);
    }
    if (losesNextAnswer) {
      losesNextAnswer = false;
      throw new NotReachedException();
    }
    return id;
  }

  private synchronized String put(String channel, String nick, String text) {
    String id = "m" + (messages.size() + 1);
    messages.put(id, new Message(channel, nick, text));
    tell(new Said(channel, nick, id, text));
    return id;
  }

  @Override
  public synchronized void edit(String id, String text) {
    Message before = messages.get(id);
    messages.put(id, new Message(before.channel(), before.nick(), text));
    tell(new Said(before.channel(), before.nick(), id, text));
  }

  @Override
  public synchronized void delete(String id) {
    Message before = messages.get(id);
    messages.put(id, new Message("", before.nick(), ""));
    tell(new Deleted(before.channel(), before.nick(), id));
  }

  @Override
  public synchronized void types(String channel, String nick, boolean begins) {
    typing.remove(channel + " " + nick);
    if (begins) {
      typing.add(channel + " " + nick);
    }
  }

  @Override
  public synchronized void listen(Consumer<ChatEvent> all) {
    listener = all;
  }

  private synchronized void tell(ChatEvent event) {
    Consumer<ChatEvent> told = listener;
    executor.execute(() -> told.accept(event));
  }
}
