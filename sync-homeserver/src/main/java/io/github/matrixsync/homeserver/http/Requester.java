package io.github.matrixsync.homeserver.http;

import io.github.matrixsync.event.DeviceId;
import io.github.matrixsync.event.InvalidIdException;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.registration.Service;
import io.github.matrixsync.rest.RestRequest;
import java.util.Optional;

/**
 * Who sent a request.
 *
 * @param token the access token that came with it
 * @param user the user of the request; absent if there is no token or an unknown one, or if a service may not act as
 *     the user that it names
 * @param device the device that the token belongs to; absent if it is a service's
 * @param service the service whose token it is, if any
 * @param named the id of the user as whom a service asked to act; empty if it acts as itself
 * @since 0.1.0
 */
public record Requester(
    Optional<String> token,
    Optional<UserId> user,
    Optional<DeviceId> device,
    Optional<Service> service,
    Optional<String> named) {
  UserId requireUser() {
    return user.orElseThrow(this::refusal);
  }

  /** Returns a request to the sync core with its device, or with the option of a service that acts as itself. */
  public RestRequest asked(RestRequest request) {
    if (service.isPresent() && named.isEmpty()) {
      return request.withService(service.get().namespaces());
    }
    return device.map(request::withDevice).orElse(request);
  }

  private ApiError refusal() {
    if (service.isPresent()) {
      return ApiError.forbidden(
          named.filter(this::isOfService).isPresent()
              ? "Application service has not registered this user: " + named.get()
                  + " has no active account."
              : "Application service cannot masquerade as this user.");
    }
    return token.isPresent()
        ? ApiError.of(401, "M_UNKNOWN_TOKEN", "Unrecognised access token.")
        : ApiError.of(401, "M_MISSING_TOKEN", "Missing access token.");
  }

  private boolean isOfService(String id) {
    try {
      return service.orElseThrow().owns(UserId.parse(id));
    } catch (InvalidIdException e) {
      return false;
    }
  }

  /** Returns the service whose token was sent. */
  public Service requireService() {
    if (service.isEmpty()) {
      throw user.isPresent() ? ApiError.forbidden("Invalid application service token.") : refusal();
    }
    return service.get();
  }
}
