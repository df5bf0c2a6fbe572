package cn.yijianshi.engine;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** Brings the engine's tables on PostgreSQL into our shape: after the engine has made them and before the first request. */
@Component
class PostgresTables implements SmartInitializingSingleton {
  private final DataSource database;

  PostgresTables(DataSource database) {
    this.database = database;
  }

  @Override
  public void afterSingletonsInstantiated() {
    try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
      if (!connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) return;
      connection.setNetworkTimeout(Runnable::run, 0); // an index on the tables of a whole province takes its time
      statement.execute(new ClassPathResource("tables-postgresql.sql").getContentAsString(StandardCharsets.UTF_8));
    } catch (Exception cause) {
      throw new IllegalStateException("the engine's tables could not be brought into our shape", cause);
    }
  }
}
