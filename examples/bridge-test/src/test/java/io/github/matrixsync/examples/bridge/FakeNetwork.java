package io.github.matrixsync.examples.bridge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** A chat network in memory, which calls its listener for all events by an executor, in order. */
final class FakeNetwork implements ChatNetwork {
  private record Message(String channel, String nick, String text) {}

  private final Executor executor;
  private final Map<String, Message> messages = new LinkedHashMap<>();
  private final Map<String, String> sent = new HashMap<>();
  private final List<String> typing = new ArrayList<>();
  private Consumer<ChatEvent> listener = event -> {};
  private int unreachable;
  private boolean losesNextAnswer;

  FakeNetwork(Executor executor) {
    this.executor = executor;
  }

  /** Makes the next calls fail without any effect. */
  void isUnreachable(int times) {
    unreachable = times;
  }

  /** Makes the next call take effect and then fail, as if the answer were lost. */
  void losesTheNextAnswer() {
    losesNextAnswer = true;
  }

  /** Lets a person of the network say something. Returns the message's id. */
  String says(String channel, String nick, String text) {
    return put(channel, nick, text);
  }

  /** Lets a person edit their message. */
  void edits(String id, String text) {
    edit(id, text);
  }

  /** Lets a person delete their message. */
  void deletes(String id) {
    delete(id);
  }

  /** Lets a person begin or stop typing. */
  void personTypes(String channel, String nick, boolean begins) {
    tell(new Typing(channel, nick, begins));
  }

  /** Returns the messages of a channel. */
  List<String> in(String channel) {
    return messages.values().stream()
        .filter(message -> message.channel().equals(channel))
        .map(message -> message.nick() + ": " + message.text())
        .toList();
  }

  /** Returns the users whom the bridge shows as typing in a channel. */
  List<String> typing(String channel) {
    return typing.stream()
        .filter(entry -> entry.startsWith(channel + " "))
        .map(entry -> entry.substring(channel.length() + 1))
        .toList();
  }

  @Override
  public String send(String channel, String nick, String key, String text) {
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

  private String put(String channel, String nick, String text) {
    String id = "m" + (messages.size() + 1);
    messages.put(id, new Message(channel, nick, text));
    tell(new Said(channel, nick, id, text));
    return id;
  }

  @Override
  public void edit(String id, String text) {
    Message before = messages.get(id);
    messages.put(id, new Message(before.channel(), before.nick(), text));
    tell(new Said(before.channel(), before.nick(), id, text));
  }

  @Override
  public void delete(String id) {
    Message before = messages.get(id);
    messages.put(id, new Message("", before.nick(), ""));
    tell(new Deleted(before.nick(), id));
  }

  @Override
  public void types(String channel, String nick, boolean begins) {
    typing.remove(channel + " " + nick);
    if (begins) {
      typing.add(channel + " " + nick);
    }
  }

  @Override
  public void listen(Consumer<ChatEvent> all) {
    listener = all;
  }

  private void tell(ChatEvent event) {
    executor.execute(() -> listener.accept(event));
  }
}
