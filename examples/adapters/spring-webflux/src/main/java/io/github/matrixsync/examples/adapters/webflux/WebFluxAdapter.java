package io.github.matrixsync.examples.adapters.webflux;

import io.github.matrixsync.SyncApi;
import io.github.matrixsync.examples.adapters.AccessTokens;
import io.github.matrixsync.examples.adapters.Adapter;
import io.github.matrixsync.examples.adapters.ClientApi;
import io.github.matrixsync.examples.adapters.ClientRequest;
import io.github.matrixsync.rest.RestResponse;
import io.github.matrixsync.rest.RestSettings;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/**
 * The HTTP edge as a filter of Spring WebFlux, on Spring Boot 4 with Reactor Netty. It is a filter because handlers
 * refuse the preflight requests of browsers unless Spring's own CORS is configured. If a client hangs up, Reactor Netty
 * cancels the {@link Mono}, and with it the poll. Thread-safe.
 */
public final class WebFluxAdapter implements Adapter {
  private final ConfigurableApplicationContext spring;

  private WebFluxAdapter(ConfigurableApplicationContext spring) {
    this.spring = spring;
  }

  /** Starts the server. */
  public static WebFluxAdapter start(SyncApi engine, AccessTokens tokens) {
    return new WebFluxAdapter(new SpringApplicationBuilder(Beans.class)
        .web(WebApplicationType.REACTIVE)
        .initializers(context -> context
            .getBeanFactory()
            .registerSingleton("api", new ClientApi(engine, tokens, RestSettings.DEFAULT)))
        .properties(Map.of(
            "server.port", "0",
            "server.address", "127.0.0.1",
            "spring.lifecycle.timeout-per-shutdown-phase", "1s",
            "spring.main.banner-mode", "off",
            "spring.main.register-shutdown-hook", "false"))
        .run());
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Beans {
    /** Returns event loops of this server alone: shared ones end when the first server of a process closes. */
    @Bean
    ReactorResourceFactory eventLoops() {
      ReactorResourceFactory loops = new ReactorResourceFactory();
      loops.setUseGlobalResources(false);
      loops.setShutdownQuietPeriod(Duration.ZERO); // 2 seconds by default, when all is answered
      return loops;
    }

    @Bean
    WebFilter matrix(ClientApi api) {
      return (exchange, next) -> answer(api, exchange.getRequest())
          .flatMap(answer -> send(exchange.getResponse(), answer));
    }
  }

  private static Mono<RestResponse> answer(ClientApi api, ServerHttpRequest request) {
    ClientRequest asked = ClientRequest.of(
        request.getMethod().name(),
        request.getURI().getRawPath(),
        request.getURI().getRawQuery(),
        request.getHeaders().getFirst("Authorization"));
    Mono<byte[]> body =
        request.getMethod().equals(HttpMethod.POST) ? body(request) : Mono.just(new byte[0]);
    return body.flatMap(bytes -> Mono.fromFuture(() -> api.answer(asked, bytes)));
  }

  /**
   * Returns the body; if it is too large, one that has one byte too many; if it does not come as a whole, an empty one.
   * Spring would log an error with the query of the request.
   */
  private static Mono<byte[]> body(ServerHttpRequest request) {
    return DataBufferUtils.join(request.getBody(), ClientApi.MOST_BYTES)
        .map(buffer -> {
          byte[] bytes = new byte[buffer.readableByteCount()];
          buffer.read(bytes);
          DataBufferUtils.release(buffer);
          return bytes;
        })
        .defaultIfEmpty(new byte[0])
        .onErrorReturn(DataBufferLimitException.class, new byte[ClientApi.MOST_BYTES + 1])
        .onErrorReturn(new byte[0]);
  }

  private static Mono<Void> send(ServerHttpResponse response, RestResponse answer) {
    response.setStatusCode(HttpStatusCode.valueOf(answer.status()));
    answer.headers().forEach(response.getHeaders()::set);
    response.getHeaders().setContentLength(answer.length());
    Supplier<DataBuffer> body = () -> response.bufferFactory().wrap(answer.toByteArray());
    return response.writeWith(Mono.fromSupplier(body));
  }

  @Override
  public int port() {
    return spring.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  @Override
  public void close() {
    spring.close();
  }
}
