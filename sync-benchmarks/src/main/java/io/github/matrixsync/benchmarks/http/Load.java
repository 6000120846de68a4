package io.github.matrixsync.benchmarks.http;

import io.github.matrixsync.benchmarks.http.client.Client;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import java.util.List;

/** A question about a server that has just started, measured from outside. */
interface Load {
  /** Returns its name on the command line. */
  String name();

  /** Measures. */
  List<Row> rows(Client client, Server server, Size size) throws Exception;
}
