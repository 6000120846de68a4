package io.github.matrixsync.examples.bridge;

import java.util.function.Consumer;

/** The network on the other side of the bridge: channels in which people chat. */
public interface ChatNetwork {
  /** Something that happened on the network. */
  sealed interface ChatEvent {}

  /** A message in a channel; a message with a known id is an edit. */
  record Said(String channel, String nick, String id, String text) implements ChatEvent {}

  /** Somebody deleted their message. */
  record Deleted(String channel, String nick, String id) implements ChatEvent {}

  /** Somebody began or stopped typing. */
  record Typing(String channel, String nick, boolean begins) implements ChatEvent {}

  /** Thrown when the network does not answer; the call may or may not have taken effect. */
  final class NotReachedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotReachedException() {
      super("the network does not answer");
    }
  }

  /**
   * Sends a message on behalf of somebody.
   *
   * @param key identifies the message, so that it is sent only once if the call is repeated
   * @return the message's id
   */
  String send(String channel, String nick, String key, String text);

  void edit(String id, String text);

  void delete(String id);

  void types(String channel, String nick, boolean begins);

  /** Listens to all events, including messages that the bridge sent. */
  void listen(Consumer<ChatEvent> listener);
}
