package io.github.matrixsync.homeserver.http;

import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.homeserver.body.Answer;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.rest.RestEdge;
import java.util.List;
import java.util.Optional;

/**
 * One version of the API, with its path prefix.
 *
 * @param prefix the path's beginning, without a slash at its end
 * @param router the routes of its requests
 * @param form the form of its room events
 * @param edge the sync core's answers, which come first for those whose user is known
 * @since 0.1.0
 */
public record Api(String prefix, Router router, EventForm form, Optional<RestEdge> edge) {
  public static final String V1 = "/_matrix/client/api/v1";

  private static final List<String> SYNC_CALLS =
      List.of("events", "events/*", "initialSync", "rooms/*/initialSync", "rooms/*/messages");

  /** What the sync core answers in the forms of r0 and v3 only. */
  private static final List<String> NEWER_CALLS = List.of(
      "sync",
      "joined_rooms",
      "rooms/*/context/*",
      "rooms/*/event/*",
      "rooms/*/state",
      "rooms/*/state/*",
      "rooms/*/state/*/*",
      "rooms/*/members",
      "rooms/*/joined_members",
      "user/*/filter/*");

  public static Api of(String prefix) {
    return new Api(prefix, new Router(), EventForm.V1, Optional.empty());
  }

  /**
   * Returns an API with the sync calls; they come to the router only without a user, or with a fixed segment that is
   * not spelled as it is, to be refused.
   */
  public static Api syncing(String prefix, EventForm form, RestEdge edge) {
    Router router = new Router();
    SYNC_CALLS.forEach(path -> router.add("GET", path, Api::refuse));
    if (form.hasUnsigned()) {
      NEWER_CALLS.forEach(path -> router.add("GET", path, Api::refuse));
      router.add("POST", "user/*/filter", Api::refuse);
    }
    return new Api(prefix, router, form, Optional.of(edge));
  }

  /** Returns what follows the prefix, if a path begins with it. */
  public Optional<String> rest(String path) {
    return path.startsWith(prefix + "/")
        ? Optional.of(path.substring(prefix.length()))
        : Optional.empty();
  }

  /** Returns whether a POST may say its parameters, the access token among them, as a form. */
  boolean takesForms() {
    return prefix.equals(V1);
  }

  private static Answer refuse(Call call) {
    call.requireUser();
    throw ApiError.of(404, "M_UNRECOGNIZED", "Unrecognized request");
  }
}
