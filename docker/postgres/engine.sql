create database engine;
