package io.github.matrixsync.homeserver.appservice;

import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.http.Requester;
import io.github.matrixsync.homeserver.people.Accounts;
import io.github.matrixsync.homeserver.people.Sessions;
import io.github.matrixsync.homeserver.people.Sessions.Session;
import io.github.matrixsync.homeserver.registration.Registration;
import io.github.matrixsync.homeserver.registration.Service;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The application services of a server: as which users they act, and which ids are reserved for them. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Services {
  private static final String ACT_AS = "user_id";

  private final Accounts accounts;
  private final Sessions sessions;
  private final List<Service> all = new CopyOnWriteArrayList<>();

  /**
   * Registers services, each as {@link #add} does.
   *
   * @throws IllegalArgumentException if two of them cannot be told apart, or a sender cannot be a user
   */
  public Services(Accounts accounts, Sessions sessions, List<Registration> registrations) {
    this.accounts = accounts;
    this.sessions = sessions;
    registrations.forEach(this::add);
  }

  /**
   * Registers a service and creates an account for its sender.
   *
   * @throws IllegalArgumentException if it cannot be told apart from another one, or its sender cannot be a user
   */
  public synchronized Service add(Registration registration) {
    Service service = Service.of(registration, sender(accounts, registration));
    for (Service other : all) {
      requireDistinct("id", Service::id, other, service);
      requireDistinct("as_token", each -> each.registration().asToken(), other, service);
      requireDistinct("sender_localpart", each -> each.sender().value(), other, service);
    }
    requireNew(service);
    accounts.registerGhost(service.sender());
    all.add(service);
    return service;
  }

  private static UserId sender(Accounts accounts, Registration registration) {
    try {
      return accounts.newGhost(registration.senderLocalpart());
    } catch (ApiError e) {
      throw new IllegalArgumentException(
          "the 'sender_localpart' of " + registration + " cannot be a user: " + e.message(), e);
    }
  }

  /** Refuses a service whose user is there already, or whose token is that of a user's device. */
  private void requireNew(Service service) {
    if (accounts.exists(service.sender())) {
      throw new IllegalArgumentException("the 'sender_localpart' of " + service
          + " cannot be that of the user " + service.sender() + ", who exists already");
    }
    if (sessions.of(service.registration().asToken()).isPresent()) {
      throw new IllegalArgumentException(
          "the 'as_token' of " + service + " is the access token of a user");
    }
  }

  /** The error does not contain the values, because tokens are among them. */
  private static void requireDistinct(
      String key, Function<Service, String> value, Service one, Service other) {
    if (value.apply(one).equals(value.apply(other))) {
      throw new IllegalArgumentException("two application services have the same '" + key + "': "
          + one.id() + " and " + other.id());
    }
  }

  /** Returns the services that are registered now. */
  public List<Service> all() {
    return List.copyOf(all);
  }

  /** Returns who sent a request with this token and these parameters. */
  public Requester requester(Optional<String> token, Map<String, List<String>> query) {
    Optional<Service> service = token.flatMap(this::of);
    if (service.isEmpty()) {
      Optional<Session> session = token.flatMap(sessions::of);
      return new Requester(
          token,
          session.map(Session::user),
          session.map(Session::device),
          Optional.empty(),
          Optional.empty());
    }
    Optional<String> other = query.getOrDefault(ACT_AS, List.of()).stream().findFirst();
    Optional<UserId> user = other.isEmpty()
        ? service.map(Service::sender)
        : other.flatMap(accounts::find).filter(service.get()::owns);
    return new Requester(token, user, Optional.empty(), service, other);
  }

  private Optional<Service> of(String token) {
    return all.stream()
        .filter(service -> service.registration().asToken().equals(token))
        .findFirst();
  }

  /** Returns whether this is the sender of a service. */
  public boolean isSender(UserId user) {
    return all.stream().anyMatch(service -> service.sender().equals(user));
  }

  /** Refuses a new account in a namespace that another service has reserved. */
  public void requireMayBeCalled(UserId user, Optional<Service> by) {
    if (by.isPresent() && !by.get().owns(user)) {
      throw exclusive("Invalid user localpart for this application service.");
    }
    requireUnreserved(service -> service.reserves(user), by, "This user ID is reserved");
  }

  /** Refuses an alias that another service has reserved. */
  public void requireMayBeNamed(RoomAlias alias, Optional<Service> by) {
    requireUnreserved(service -> service.reserves(alias), by, "This alias is reserved");
  }

  private void requireUnreserved(Predicate<Service> reserves, Optional<Service> by, String what) {
    if (all.stream()
        .anyMatch(service -> reserves.test(service) && !by.equals(Optional.of(service)))) {
      throw exclusive(what + " by an application service.");
    }
  }

  private static ApiError exclusive(String message) {
    return ApiError.of(400, "M_EXCLUSIVE", message);
  }
}
