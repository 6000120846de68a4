package io.github.matrixsync.examples.adapters.mvc;

import io.github.matrixsync.SyncApi;
import io.github.matrixsync.examples.adapters.AccessTokens;
import io.github.matrixsync.examples.adapters.Adapter;
import io.github.matrixsync.examples.adapters.ClientApi;
import io.github.matrixsync.examples.adapters.ClientRequest;
import io.github.matrixsync.rest.RestResponse;
import io.github.matrixsync.rest.RestSettings;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * The HTTP edge as a controller of Spring MVC, on Spring Boot 4 with Tomcat. A parked poll is a {@link DeferredResult},
 * which holds no thread.
 *
 * <p>A servlet is not told over HTTP/1.1 that its client has gone. The poll of such a client ends when its wait is
 * over, which is therefore at most {@link #LONGEST_WAIT}. The container's own timeout is off. Thread-safe.
 */
public final class MvcAdapter implements Adapter {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final ConfigurableApplicationContext spring;

  private MvcAdapter(ConfigurableApplicationContext spring) {
    this.spring = spring;
  }

  /** Starts the server. */
  public static MvcAdapter start(SyncApi engine, AccessTokens tokens, boolean onVirtualThreads) {
    RestSettings settings = RestSettings.DEFAULT.withTimeouts(LONGEST_WAIT, LONGEST_WAIT);
    return new MvcAdapter(new SpringApplicationBuilder(Beans.class, SyncController.class)
        .web(WebApplicationType.SERVLET)
        .initializers(context -> context
            .getBeanFactory()
            .registerSingleton("api", new ClientApi(engine, tokens, settings)))
        .properties(Map.of(
            "server.port", "0",
            "server.address", "127.0.0.1",
            "server.tomcat.threads.max", "16",
            "server.tomcat.accept-count", "1000",
            "server.tomcat.connection-timeout", "5s",
            "spring.threads.virtual.enabled", onVirtualThreads,
            "spring.lifecycle.timeout-per-shutdown-phase", "1s",
            "spring.main.banner-mode", "off",
            "spring.main.register-shutdown-hook", "false"))
        .run());
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Beans {
    /** An id of an event may have a slash, which is %2F in a path. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> slashes() {
      return tomcat -> tomcat.addConnectorCustomizers(connector ->
          connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue()));
    }

    /** Answers OPTIONS requests, which Spring does not pass to controllers. */
    @Bean
    Filter options() {
      return (request, response, next) -> {
        if (((HttpServletRequest) request).getMethod().equals("OPTIONS")) {
          HttpServletResponse answer = (HttpServletResponse) response;
          RestSettings.DEFAULT.corsHeaders().forEach(answer::setHeader);
        } else {
          next.doFilter(request, response);
        }
      };
    }
  }

  /** Answers every request. */
  @RestController
  record SyncController(ClientApi api) {
    @RequestMapping("/**")
    DeferredResult<ResponseEntity<byte[]>> answer(HttpServletRequest request) throws IOException {
      byte[] body = request.getMethod().equals("POST")
          ? request.getInputStream().readNBytes(ClientApi.MOST_BYTES + 1)
          : new byte[0];
      ClientRequest asked = ClientRequest.of(
          request.getMethod(),
          request.getRequestURI(),
          request.getQueryString(),
          request.getHeader("Authorization"));
      CompletableFuture<RestResponse> answer = api.answer(asked, body);
      DeferredResult<ResponseEntity<byte[]>> parked = new DeferredResult<>(0L);
      parked.onError(gone -> answer.cancel(true));
      CompletableFuture<Void> unused =
          answer.thenAccept(response -> parked.setResult(entity(response)));
      return parked;
    }

    private static ResponseEntity<byte[]> entity(RestResponse answer) {
      return ResponseEntity.status(answer.status())
          .headers(headers -> answer.headers().forEach(headers::set))
          .contentLength(answer.length())
          .body(answer.toByteArray());
    }
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
