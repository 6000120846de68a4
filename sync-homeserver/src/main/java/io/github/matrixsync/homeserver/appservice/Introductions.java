package io.github.matrixsync.homeserver.appservice;

import io.github.matrixsync.event.RoomAlias;
import io.github.matrixsync.event.UserId;
import io.github.matrixsync.homeserver.body.ApiError;
import io.github.matrixsync.homeserver.http.Call;
import io.github.matrixsync.homeserver.http.Requester;
import io.github.matrixsync.homeserver.json.JsonNode;
import io.github.matrixsync.homeserver.people.Accounts;
import io.github.matrixsync.homeserver.room.Aliases;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks application services to create the users and rooms that a request names and that do not exist yet, before the
 * request is handled, so that a bridge's ghost can be invited and its room joined before anybody used them.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class Introductions {
  private static final Logger log = LoggerFactory.getLogger(Introductions.class);
  private static final String MEMBER = "m.room.member";
  private static final int MOST_NAMES = 20;

  private final List<ServiceClient> services;
  private final Accounts accounts;
  private final Aliases aliases;

  /**
   * Creates the object.
   *
   * @param services those that listen; the host may add others, if the list is safe for that
   */
  public Introductions(List<ServiceClient> services, Accounts accounts, Aliases aliases) {
    this.services = services;
    this.accounts = accounts;
    this.aliases = aliases;
  }

  /**
   * Returns whether a request can name a user or a room that does not exist yet.
   *
   * @param request its method and pattern
   */
  public boolean concern(String request) {
    return !services.isEmpty()
        && switch (request) {
          case "POST join/*",
              "POST knock/*",
              "GET directory/room/*",
              "POST rooms/*/invite",
              "PUT rooms/*/state/*/*",
              "POST createRoom" -> true;
          default -> false;
        };
  }

  /** Queries all services at once; completes when all have answered or timed out, whatever they answer. */
  public CompletableFuture<Call> before(String request, Call call) {
    List<CompletableFuture<Void>> queries = new ArrayList<>();
    if (call.requester().user().isPresent()) {
      names(request, call).limit(MOST_NAMES).forEach(name -> {
        if (name.startsWith("@")) {
          queries.addAll(aboutUser(name, call.requester()));
        } else if (name.startsWith("#")) {
          queries.addAll(aboutAlias(name, call.requester()));
        }
      });
    }
    return CompletableFuture.allOf(queries.toArray(CompletableFuture<?>[]::new))
        .handle((done, failure) -> call);
  }

  private static Stream<String> names(String request, Call call) {
    JsonNode body = call.body();
    return switch (request) {
      case "POST join/*", "POST knock/*", "GET directory/room/*" -> Stream.of(call.segment(0));
      case "POST rooms/*/invite" -> Stream.of(body.path("user_id").asString(""));
      case "POST createRoom" -> body.path("invite").valueStream().map(user -> user.asString(""));
      default ->
        call.segment(1).equals(MEMBER) && body.path("membership").asString("").equals("invite")
            ? Stream.of(call.segment(2))
            : Stream.of();
    };
  }

  private List<CompletableFuture<Void>> aboutUser(String name, Requester requester) {
    Optional<UserId> user = parse(name, accounts::user).filter(id -> !accounts.exists(id));
    return services.stream()
        .filter(service -> user.filter(service.service()::owns).isPresent())
        .filter(service -> !isOf(service, requester))
        .map(service -> logged(service, service.queryUser(name)))
        .toList();
  }

  private List<CompletableFuture<Void>> aboutAlias(String name, Requester requester) {
    Optional<RoomAlias> alias = parse(name, aliases::parse).filter(id -> !aliases.isTaken(id));
    return services.stream()
        .filter(service -> alias.filter(service.service()::owns).isPresent())
        .filter(service -> !isOf(service, requester))
        .map(service -> logged(service, service.queryAlias(name)))
        .toList();
  }

  /** Returns whether the requester is the service itself, which may be creating the user or room just now. */
  private static boolean isOf(ServiceClient service, Requester requester) {
    return requester.service().filter(service.service()::equals).isPresent();
  }

  /** Parses a name; empty if it is malformed, in which case the endpoint refuses the request later. */
  private static <I> Optional<I> parse(String name, Function<String, I> parser) {
    try {
      return Optional.of(parser.apply(name));
    } catch (ApiError e) {
      return Optional.empty();
    }
  }

  private static CompletableFuture<Void> logged(
      ServiceClient service, CompletableFuture<Void> query) {
    return query.whenComplete((done, failure) -> {
      if (failure != null) {
        log.info(
            "application service {} has not made what it was asked for: {}",
            service.service(),
            ServiceClient.reason(failure));
      }
    });
  }
}
