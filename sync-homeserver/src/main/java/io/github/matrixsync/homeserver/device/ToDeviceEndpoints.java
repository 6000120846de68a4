package io.github.matrixsync.homeserver.device;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.RawJson;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.Answer;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Ids;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.http.Call;
import io.github.matrixsync.homeserver.http.Router;
import io.github.matrixsync.homeserver.http.Transactions;
import io.github.matrixsync.homeserver.json.JsonNode;
import io.github.matrixsync.homeserver.json.ObjectNode;
import io.github.matrixsync.homeserver.people.Sessions;
import io.github.matrixsync.store.device.ToDeviceMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages to devices.
 *
 * @since 0.1.0
 */
public final class ToDeviceEndpoints {
  private static final String ALL = "*";

  private final DeviceStores stores;
  private final Sessions sessions;
  private final Transactions transactions;

  public ToDeviceEndpoints(DeviceStores stores, Sessions sessions, Transactions transactions) {
    this.stores = stores;
    this.sessions = sessions;
    this.transactions = transactions;
  }

  public void addTo(Router router) {
    router.add("PUT", "sendToDevice/*/*", transactions.once(this::send));
  }

  private Answer send(Call call) {
    UserId sender = call.requireUser();
    String type = call.segment(0);
    if (type.isEmpty()) {
      throw ApiError.badParameter("a message has a type");
    }
    ObjectNode users = Json.optionalObject(call.body(), "messages");
    List<ToDeviceMessage> messages = new ArrayList<>();
    users.propertyNames().forEach(name -> {
      UserId user = Ids.id(name, UserId::parse);
      ObjectNode devices = Json.optionalObject(users, name);
      devices.propertyNames().forEach(device -> {
        RawJson content = content(devices.path(device));
        receivers(user, device)
            .forEach(id -> messages.add(new ToDeviceMessage(0, user, id, sender, type, content)));
      });
    });
    stores.inbox().send(messages);
    return Answer.EMPTY;
  }

  private static RawJson content(JsonNode content) {
    if (!content.isObject()) {
      throw ApiError.badJson("a message to a device must be an object");
    }
    return Json.write(content);
  }

  /** Returns the devices that a name stands for: one, or all of the user; none if there is no such device. */
  private List<DeviceId> receivers(UserId user, String name) {
    if (name.equals(ALL)) {
      return sessions.devices(user).stream().map(Sessions.Device::id).toList();
    }
    return sessions.device(user, Ids.id(name, DeviceId::parse)).stream()
        .map(Sessions.Device::id)
        .toList();
  }
}
