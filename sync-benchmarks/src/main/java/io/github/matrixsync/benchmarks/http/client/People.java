package io.github.matrixsync.benchmarks.http.client;

import java.util.ArrayList;
import java.util.List;

/**
 * Registered users with their access tokens.
 *
 * @param client sends their requests
 * @param names their user ids
 * @param tokens their access tokens, in the same order
 */
public record People(Client client, List<String> names, List<String> tokens) {
  /** Registers {@code count} users. */
  public static People register(Client client, String prefix, int count) {
    List<byte[]> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      requests.add(client.post(
          "/register",
          "",
          "{\"type\":\"m.login.password\",\"user\":\"" + prefix + i
              + "\",\"password\":\"secret\"}"));
    }
    List<Reply> replies = client.askAll(requests);
    return new People(
        client,
        replies.stream().map(reply -> reply.string("user_id")).toList(),
        replies.stream().map(reply -> reply.string("access_token")).toList());
  }

  /** Creates {@code count} public rooms as the first user, and returns their ids. */
  public List<String> createRooms(int count) {
    byte[] request = client.post("/createRoom", tokens.get(0), "{\"preset\":\"public_chat\"}");
    List<byte[]> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      requests.add(request);
    }
    return client.askAll(requests).stream()
        .map(reply -> reply.string("room_id"))
        .toList();
  }

  /** Joins all users but the first, who created them, to rooms. */
  public void join(List<String> rooms) {
    List<byte[]> requests = new ArrayList<>();
    for (String room : rooms) {
      for (String token : tokens.subList(1, tokens.size())) {
        requests.add(client.post("/rooms/" + Client.segment(room) + "/join", token, "{}"));
      }
    }
    client.askAll(requests);
  }

  /** Returns the request that sends a message as a user. */
  public byte[] say(int user, String room, String transaction, String text) {
    String path = "/rooms/" + Client.segment(room) + "/send/m.room.message/" + transaction;
    String json = "{\"msgtype\":\"m.text\",\"body\":\"" + text + "\"}";
    return client.put(path, tokens.get(user), json);
  }
}
