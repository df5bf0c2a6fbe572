package cn.yijianshi.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.util.matcher.RegexRequestMatcher;

/** Starts whichever engine is on the class path, behind HTTP basic. It imports no engine class, so both profiles build it. */
@SpringBootApplication
public class Application {
  public static void main(String[] args) {
    // One thread for jobs to each processor but one, which is left for whoever waits for a page while many timers are due at once.
    System.setProperty("JOB_THREADS", String.valueOf(Math.max(1, Runtime.getRuntime().availableProcessors() - 1)));
    SpringApplication engine = new SpringApplication(Application.class);
    // Its driver has settings that H2 would refuse.
    if (System.getenv("ENGINE_DB_URL").startsWith("jdbc:postgresql:")) engine.setAdditionalProfiles("postgresql");
    engine.run(args);
    if (Boolean.parseBoolean(System.getenv("STOP_WITH_PARENT"))) stopWithParent();
  }

  /** The parent holds our standard input open; its end, however it comes about, is ours. */
  private static void stopWithParent() {
    Thread watcher = new Thread(() -> {
      try {
        while (System.in.read() >= 0) { /* nothing is ever sent */ }
      } catch (IOException gone) { /* the same as the end of input */ }
      System.exit(0);
    }, "stop-with-parent");
    watcher.setDaemon(true);
    watcher.start();
  }

  /** A page of more than 1,000 of anything; the engine's own limit holds only for users that it knows itself, and it knows none. */
  private static final String TOO_LARGE = ".*[?&]maxResults=0*(100[1-9]|10[1-9][0-9]|1[1-9][0-9]{2}|[2-9][0-9]{3}|[1-9][0-9]{4,})(&.*)?";

  /** POST task and filter queries evaluate expressions inside orQueries (CVE-2026-109432), so nobody may send them. */
  @Bean
  SecurityFilterChain security(HttpSecurity http) throws Exception {
    return http.csrf(csrf -> csrf.disable())
        .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .authorizeHttpRequests(requests -> requests
            .requestMatchers("/engine-rest/actuator/health").permitAll()
            .requestMatchers(RegexRequestMatcher.regexMatcher(HttpMethod.POST, ".*/(task|task/count|filter.*)/?(\\?.*)?"))
            .denyAll()
            .requestMatchers(RegexRequestMatcher.regexMatcher(TOO_LARGE))
            .denyAll()
            .anyRequest().authenticated())
        .httpBasic(Customizer.withDefaults())
        .build();
  }

  /** Compares the one generated password in constant time; the default encoder would cost a bcrypt for each request. */
  @Bean
  PasswordEncoder generatedSecret() {
    return new PasswordEncoder() {
      @Override
      public String encode(CharSequence secret) {
        return secret.toString();
      }

      @Override
      public boolean matches(CharSequence given, String expected) {
        return MessageDigest.isEqual(given.toString().getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
      }
    };
  }
}
