package io.github.matrixsync.benchmarks.http;

import io.github.matrixsync.benchmarks.http.client.Client;
import io.github.matrixsync.benchmarks.table.Row;
import io.github.matrixsync.benchmarks.table.Size;
import java.util.List;

/** Something to be measured from outside, of a server that has just begun. */
interface Load {
  /** Returns by what name the command line asks for it. */
  String name();

  /** Measures. */
  List<Row> rows(Client client, Server server, Size size) throws Exception;
}
