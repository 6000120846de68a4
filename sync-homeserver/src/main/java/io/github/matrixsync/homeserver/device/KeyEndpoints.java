package io.github.matrixsync.homeserver.device;

import io.github.matrixsync.SyncApi;
import io.github.matrixsync.domain.filter.FilterSpec;
import io.github.matrixsync.domain.token.InvalidTokenException;
import io.github.matrixsync.domain.token.StreamToken;
import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.Answer;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.body.Ids;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.http.Call;
import io.github.matrixsync.homeserver.http.Router;
import io.github.matrixsync.homeserver.json.ArrayNode;
import io.github.matrixsync.homeserver.json.JsonNode;
import io.github.matrixsync.homeserver.json.ObjectNode;
import io.github.matrixsync.homeserver.people.Accounts;
import io.github.matrixsync.homeserver.people.Sessions;
import io.github.matrixsync.homeserver.people.Sessions.Device;
import io.github.matrixsync.homeserver.people.Stages;
import io.github.matrixsync.store.device.KeyCounts;
import io.github.matrixsync.sync.DeviceLists;
import io.github.matrixsync.sync.SyncOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Uploading, asking for, claiming and signing encryption keys. There is no backup of keys.
 *
 * @since 0.1.0
 */
public final class KeyEndpoints {
  private static final SyncOptions LISTS_ONLY = SyncOptions.DEFAULT.withFilter(FilterSpec.parse(
      "{\"room\":{\"rooms\":[]},\"presence\":{\"types\":[]},\"account_data\":{\"types\":[]}}"));

  private final Keys keys;
  private final Accounts accounts;
  private final Sessions sessions;
  private final SyncApi sync;

  /**
   * Creates the endpoints.
   *
   * @param sync knows whose keys changed since a token
   */
  public KeyEndpoints(Keys keys, Accounts accounts, Sessions sessions, SyncApi sync) {
    this.keys = keys;
    this.accounts = accounts;
    this.sessions = sessions;
    this.sync = sync;
  }

  public void addTo(Router router) {
    router.add("POST", "keys/upload", this::upload);
    router.add("POST", "keys/upload/*", this::upload);
    router.add("POST", "keys/query", this::query);
    router.addAsync("GET", "keys/changes", this::changes);
    router.add("POST", "keys/claim", this::claim);
    router.add("POST", "keys/device_signing/upload", this::setSigning);
    router.add("POST", "keys/signatures/upload", this::sign);
    router.add("GET", "room_keys/version", KeyEndpoints::noBackup);
    router.add("GET", "room_keys/version/*", KeyEndpoints::noBackup);
  }

  private static Answer noBackup(Call call) {
    call.requireUser();
    throw ApiError.notFound("No backup found");
  }

  private Answer upload(Call call) {
    UserId user = call.requireUser();
    DeviceId device = call.requireDevice();
    Optional<ObjectNode> identity = Optional.of(Json.optionalObject(call.body(), "device_keys"))
        .filter(given -> !given.isEmpty());
    identity.ifPresent(given -> {
      boolean isOwn = Json.string(given, "user_id").equals(user.value())
          && Json.string(given, "device_id").equals(device.value());
      if (!isOwn) {
        throw ApiError.badParameter("these are the keys of another device");
      }
    });
    ObjectNode oneTime = Json.optionalObject(call.body(), "one_time_keys");
    ObjectNode fallback = Json.optionalObject(call.body(), "fallback_keys");
    KeyCounts counts = keys.upload(user, device, identity, oneTime, fallback);
    ObjectNode answer = Json.object();
    ObjectNode left = answer.putObject("one_time_key_counts");
    counts.oneTimeKeys().forEach(left::put);
    return Answer.of(answer);
  }

  private Answer query(Call call) {
    UserId viewer = call.requireUser();
    Map<UserId, List<DeviceId>> wanted = wanted(Json.optionalObject(call.body(), "device_keys"));
    ObjectNode answer = Json.object();
    answer.putObject("failures");
    ObjectNode devices = answer.putObject("device_keys");
    wanted.forEach((user, ids) -> {
      if (accounts.exists(user)) {
        devices.set(user.value(), devices(viewer, user, ids));
      }
    });
    for (String kind : UserKeys.SIGNING) {
      ObjectNode ofKind = answer.putObject(kind + "s");
      wanted
          .keySet()
          .forEach(user ->
              keys.signing(viewer, user, kind).ifPresent(key -> ofKind.set(user.value(), key)));
    }
    return Answer.of(answer);
  }

  private static Map<UserId, List<DeviceId>> wanted(ObjectNode users) {
    Map<UserId, List<DeviceId>> wanted = new HashMap<>();
    users
        .propertyNames()
        .forEach(name -> wanted.put(
            Ids.id(name, UserId::parse),
            Json.strings(users, name).stream()
                .map(id -> Ids.id(id, DeviceId::parse))
                .toList()));
    return wanted;
  }

  /** Returns the keys of devices, with what their user calls them; of all devices if none is named. */
  private ObjectNode devices(UserId viewer, UserId user, List<DeviceId> ids) {
    Map<DeviceId, Optional<String>> names =
        sessions.devices(user).stream().collect(Collectors.toMap(Device::id, Device::name));
    ObjectNode found = Json.object();
    keys.devices(viewer, user, id -> ids.isEmpty() || ids.contains(id)).forEach((id, key) -> {
      ObjectNode unsigned = key.putObject("unsigned");
      names
          .getOrDefault(id, Optional.empty())
          .ifPresent(name -> unsigned.put("device_display_name", name));
      found.set(id.value(), key);
    });
    return found;
  }

  /** Returns whose keys changed since a token, up to now, of which the next sync may tell a part again. */
  private CompletableFuture<Answer> changes(Call call) {
    UserId user = call.requireUser();
    StreamToken from = token(call, "from");
    token(call, "to");
    return sync.sync(user, from, Duration.ZERO, LISTS_ONLY)
        .thenApply(response -> changes(response.deviceLists()));
  }

  private static Answer changes(Optional<DeviceLists> lists) {
    ObjectNode answer = Json.object();
    ArrayNode changed = answer.putArray("changed");
    ArrayNode left = answer.putArray("left");
    lists.ifPresent(all -> {
      all.changed().forEach(one -> changed.add(one.value()));
      all.left().forEach(one -> left.add(one.value()));
    });
    return Answer.of(answer);
  }

  private static StreamToken token(Call call, String name) {
    String text = call.parameter(name)
        .orElseThrow(() -> ApiError.of(400, "M_MISSING_PARAM", "'" + name + "' is missing"));
    try {
      return StreamToken.parse(text);
    } catch (InvalidTokenException e) {
      throw ApiError.badParameter("'" + name + "' is no token of a sync");
    }
  }

  private Answer claim(Call call) {
    call.requireUser();
    ObjectNode wanted = Json.optionalObject(call.body(), "one_time_keys");
    Map<UserId, Map<DeviceId, String>> asked = new HashMap<>();
    wanted
        .propertyNames()
        .forEach(name ->
            asked.put(Ids.id(name, UserId::parse), algorithms(Json.optionalObject(wanted, name))));
    ObjectNode answer = Json.object();
    answer.putObject("failures");
    ObjectNode users = answer.putObject("one_time_keys");
    asked.forEach((user, devices) -> {
      ObjectNode claimed = Json.object();
      devices.forEach((device, algorithm) ->
          keys.claim(user, device, algorithm).ifPresent(key -> claimed.set(device.value(), key)));
      if (!claimed.isEmpty()) {
        users.set(user.value(), claimed);
      }
    });
    return Answer.of(answer);
  }

  private static Map<DeviceId, String> algorithms(ObjectNode devices) {
    Map<DeviceId, String> algorithms = new HashMap<>();
    devices
        .propertyNames()
        .forEach(name -> algorithms.put(Ids.id(name, DeviceId::parse), Json.string(devices, name)));
    return algorithms;
  }

  /** Sets the keys that sign devices and users. To replace a master key takes the user's password. */
  private Answer setSigning(Call call) {
    UserId user = call.requireUser();
    Map<String, ObjectNode> uploaded = new HashMap<>();
    for (String kind : UserKeys.SIGNING) {
      ObjectNode key = Json.optionalObject(call.body(), kind);
      if (!key.isEmpty()) {
        uploaded.put(kind, requireOwn(user, key));
      }
    }
    Optional<JsonNode> master = keys.signing(user, user, UserKeys.MASTER).map(k -> k.path("keys"));
    boolean replaces = master.isPresent()
        && uploaded.containsKey(UserKeys.MASTER)
        && !master.get().equals(uploaded.get(UserKeys.MASTER).path("keys"));
    return replaces
        ? Stages.withPassword(call, accounts, () -> setSigning(user, uploaded))
        : setSigning(user, uploaded);
  }

  private Answer setSigning(UserId user, Map<String, ObjectNode> uploaded) {
    keys.setSigning(user, uploaded);
    return Answer.EMPTY;
  }

  private static ObjectNode requireOwn(UserId user, ObjectNode key) {
    if (!Json.string(key, "user_id").equals(user.value())) {
      throw ApiError.badParameter("this is the key of another user");
    }
    if (Json.optionalObject(key, "keys").size() != 1) {
      throw ApiError.badParameter("a signing key has one key");
    }
    return key;
  }

  private Answer sign(Call call) {
    UserId signer = call.requireUser();
    ObjectNode failures = Json.object();
    ObjectNode body = call.body();
    body.propertyNames().forEach(name -> {
      UserId owner = Ids.id(name, UserId::parse);
      ObjectNode signed = Json.optionalObject(body, name);
      signed.propertyNames().forEach(id -> {
        if (!keys.sign(signer, owner, id, Json.optionalObject(signed, id))) {
          failures
              .withObject(owner.value())
              .putObject(id)
              .put("errcode", "M_NOT_FOUND")
              .put("error", "No such key");
        }
      });
    });
    return Answer.of(Json.object().set("failures", failures));
  }
}
