package io.github.matrixsync.examples.adapters.contract;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A client that sends the given text unchanged. Confined to one thread. */
final class HttpSocket implements AutoCloseable {
  static final String V1 = "/_matrix/client/api/v1";

  /** The path to which Alice's filters are posted. */
  static final String FILTERS = "/_matrix/client/v3/user/%40alice%3Aexample.org/filter";

  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket;
  private final InputStream in;

  HttpSocket(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * An answer.
   *
   * @param headers by name in small letters
   */
  record Answer(int status, Map<String, List<String>> headers, String body) {
    /** Returns the errcode of the body; empty if there is none. */
    String errcode() {
      int start = body.indexOf("\"errcode\":\"");
      return start < 0 ? "" : body.substring(start + 11, body.indexOf('"', start + 11));
    }

    /** Returns the value of a header that must be there exactly once. */
    String header(String name) {
      List<String> values = headers.getOrDefault(name, List.of());
      if (values.size() != 1) {
        throw new AssertionError(name + " must be there once, is " + values + " in " + headers);
      }
      return values.get(0);
    }

    @Override
    public String toString() {
      return errcode().isEmpty() ? String.valueOf(status) : status + " " + errcode();
    }
  }

  /** Returns a GET request with a user's token in its header. */
  static String get(String token, String path) {
    return request("GET", path, "Authorization: Bearer " + token + "\r\n", "");
  }

  /** Returns headers, each with the end of its line. */
  static String lines(String... headers) {
    return String.join("\r\n", headers) + "\r\n";
  }

  /** Returns a request. */
  static String request(String method, String path, String headers, String body) {
    String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
    return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + length + "\r\n"
        + body;
  }

  /** Sends text; a server that has hung up is noticed when its answer is read. */
  HttpSocket send(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    } catch (IOException e) {
      // What it sent before it hung up can perhaps be read.
    }
    return this;
  }

  /** Reads an answer that must come. */
  Answer read() {
    return readIfAny()
        .orElseThrow(() -> new AssertionError("the connection ended without an answer"));
  }

  /** Reads an answer; empty if the server closes the connection without one. */
  Optional<Answer> readIfAny() {
    try {
      return readNext(false);
    } catch (SocketTimeoutException e) {
      throw new AssertionError("neither an answer nor the end of the connection came", e);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Reads the answer to a HEAD request, which has no body whatever its length. */
  Answer readHead() throws IOException {
    return readNext(true).orElseThrow(() -> new AssertionError("the connection ended"));
  }

  private Optional<Answer> readNext(boolean isHead) throws IOException {
    String first = line();
    if (first.isEmpty()) {
      return Optional.empty();
    }
    Map<String, List<String>> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers
          .computeIfAbsent(
              line.substring(0, colon).toLowerCase(Locale.ROOT), n -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    int status = Integer.parseInt(first.split(" ", 3)[1]);
    boolean hasBody = !isHead && status >= 200;
    byte[] body = hasBody ? body(headers) : new byte[0];
    return Optional.of(new Answer(status, headers, new String(body, StandardCharsets.UTF_8)));
  }

  private byte[] body(Map<String, List<String>> headers) throws IOException {
    if (headers.containsKey("content-length")) {
      int length = Integer.parseInt(headers.get("content-length").get(0));
      byte[] body = in.readNBytes(length);
      if (body.length < length) {
        throw new AssertionError("the answer was cut after " + body.length + " of " + length);
      }
      return body;
    }
    if (!headers.containsKey("transfer-encoding")) {
      return in.readAllBytes();
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
      body.write(in.readNBytes(size));
      String unused = line();
    }
    String unused = line();
    return body.toByteArray();
  }

  /** Returns the next line; empty at the end of the connection. */
  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  /** Closes the connection with a reset. */
  void reset() {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    close();
  }

  /** Closes the connection. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
